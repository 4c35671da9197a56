Feature: Response times
  Like a real trading platform, the server takes a random time to respond to every request about
  orders: with the usual settings between 0.1 and 1 second. The requests do not queue up.

  @needs_answer_delays
  Rule: Every response takes between 0.1 and 1 second, varying at random

    Scenario Outline: <count> simultaneous requests to <request> are each delayed
      Given an order is placed
      When the trader sends <count> simultaneous requests to <request>
      Then every response takes a random time within the promised range
      And the requests are served in parallel

      Examples:
        | count | request            |
        |    60 | place an order     |
        |    60 | view the order     |
        |    60 | list orders        |
        |    40 | cancel a new order |

      Examples: Rejections are delayed as well
        | count | request                 |
        |    40 | place an invalid order  |
        |    40 | place a truncated order |
        |    40 | view an unknown order   |
        |    40 | cancel an unknown order |

      @needs_references
      Examples: Used references are rejected late, too
        | count | request           |
        |    40 | reuse a reference |

      @needs_body_limit
      Examples: So are long messages
        | count | request                  |
        |    40 | place an oversized order |

      @needs_strict_queries @needs_paging
      Examples: So are invalid lists
        | count | request                               |
        |    40 | list orders with an invalid page size |

  Rule: Requests are served in parallel

    Scenario: Many simultaneous orders are accepted as fast as one
      When the trader places 60 orders at the same time
      Then the requests are served in parallel

  Rule: An order is executed between 0.1 and 1 second after its acceptance, varying at random

    Scenario: Simultaneous orders are each executed after a random delay
      When the trader places 100 orders at the same time
      Then every execution takes a random time within the promised range
      And the execution times are independent of the response times

  @needs_health
  Rule: The health check passes immediately, even while the server is busy

    @smoke @severity:critical
    Scenario: The health check passes immediately
      When the trader sends 10 simultaneous requests to check the server's health
      Then the health check passes immediately

    Scenario: The health check passes immediately while the server is busy
      Given 50 orders are placed at the same time
      When the trader sends 10 simultaneous requests to check the server's health
      Then the health check passes immediately
