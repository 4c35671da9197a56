@needs_problem_details
Feature: Rejections
  Every rejection gives a reason that a program can act on, and links to an explanation that a
  person can read.

  Rule: Every rejection has the promised form and a reason of its own
    Always checked, whatever is rejected.

    Scenario Outline: The rejection of a request to <request> has the promised form
      Given an order is placed
      When the trader sends a request to <request>
      Then the request is rejected because <reason>

      Examples:
        | request                               | reason                              |
        | place an invalid order                | the quantity must be greater than 0 |
        | reuse a reference                     | its reference is already used       |
        | view an unknown order                 | the order is unknown                |
        | list orders with an invalid page size | the page size is invalid            |

  Rule: Every rejection links to a readable explanation

    Scenario Outline: A request to <request> is rejected with an explanation
      Given an order is placed
      When the trader sends a request to <request>
      Then the request is rejected because <reason>
      And the rejection links to a readable explanation

      Examples:
        | request                 | reason                              |
        | place an invalid order  | the quantity must be greater than 0 |
        | view an unknown order   | the order is unknown                |
        | cancel an unknown order | the order is unknown                |

      @needs_references
      Examples: References
        | request           | reason                        |
        | reuse a reference | its reference is already used |

      @needs_strict_queries @needs_paging
      Examples: Lists
        | request                               | reason                   |
        | list orders with an invalid page size | the page size is invalid |

    Scenario Outline: A late cancel of an order that is <status> is rejected with an explanation
      Given an order is <status>
      When the trader cancels the order
      Then the rejection links to a readable explanation

      Examples:
        | status    |
        | EXECUTED  |
        | CANCELLED |

    @needs_answer_delays
    Scenario: Simultaneous cancels are rejected with explanations
      When the trader places an order and sends 10 simultaneous cancels
      Then at least one cancel is rejected because another cancel is in progress
      And every rejection links to a readable explanation
