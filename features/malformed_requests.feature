@wire
Feature: Robust against malformed requests
  Whatever a client sends, the server rejects what it cannot accept, says why, and carries on.

  Rule: A message that is malformed or not an order is rejected, and nothing of it is kept

    Scenario Outline: <message> is rejected as malformed
      When the trader submits <message>
      Then the order is rejected because it is malformed

      Examples:
        | message                     |
        | a truncated order           |
        | an empty message            |
        | plain text                  |
        | invalid characters          |
        | a thousand opening brackets |

    Scenario Outline: <message> is rejected as not being an order
      When the trader submits <message>
      Then the order is rejected because it is not an order

      Examples:
        | message          |
        | a list of orders |
        | a bare number    |
        | a bare null      |

    @own_server @needs_body_limit
    Scenario: Malformed messages leave nothing behind
      Given a dedicated server
      When the trader submits a truncated order
      And the trader submits a list of orders
      And the trader submits an order over 64 KiB
      And the trader lists all orders
      Then the page has 0 orders

  Rule: A field value of the wrong data type is rejected

    Scenario Outline: A quantity that is <value> is rejected
      When the trader places an order whose quantity is <value>
      Then the order is rejected because <reason>
      And the order appears in no list and no event

      Examples:
        | value           | reason                                         |
        | true            | the quantity must be a number                  |
        | false           | the quantity must be a number                  |
        | null            | the quantity must be a number                  |
        | an empty list   | the quantity must be a number                  |
        | an empty object | the quantity must be a number                  |
        | NaN             | the quantity must be a finite number           |
        |        Infinity | the quantity must be a finite number           |
        |       -Infinity | the quantity must be a finite number           |
        |           1e999 | the quantity must be a number up to 1000000000 |
        | "NaN"           | the quantity must be a number                  |
        | "Infinity"      | the quantity must be a number                  |
        | "1e999"         | the quantity must be a number                  |

    Scenario Outline: A symbol that is <value> is rejected
      When the trader places an order whose symbol is <value>
      Then the order is rejected because the symbol must be six capital letters
      And the order appears in no list and no event

      Examples:
        | value         |
        |        123456 |
        | true          |
        | null          |
        | an empty list |

      @needs_symbol_rule
      Examples: Text
        | value                    |
        | an invalid character     |
        | "A" repeated 10000 times |

    @needs_side
    Scenario Outline: A side that is <value> is rejected
      When the trader places an order whose side is <value>
      Then the order is rejected because the side must be BUY or SELL
      And the order appears in no list and no event

      Examples:
        | value |
        |     1 |
        | true  |
        | null  |

    @needs_references
    Scenario Outline: A reference that is <value> is rejected
      When the trader places an order whose reference is <value>
      Then the order is rejected because the reference must be 1 to 64 letters, digits, dots, dashes or underscores
      And the order appears in no list and no event

      Examples:
        | value         |
        |             7 |
        | false         |
        | an empty list |

  @needs_body_limit
  Rule: An order message may have up to 64 KiB

    Scenario: A message of exactly 64 KiB is accepted
      When the trader submits an order of exactly 64 KiB
      Then the order is accepted

    Scenario: A message over 64 KiB is rejected
      When the trader submits an order over 64 KiB
      Then the order is rejected because it is too large

  @needs_problem_details @needs_unsupported
  Rule: Every rejection of a malformed or unsupported request links to a readable explanation

    Scenario Outline: A request to <request> is rejected with an explanation
      When the trader sends a request to <request>
      Then the request is rejected because <reason>
      And the rejection links to a readable explanation

      Examples:
        | request                     | reason                         |
        | place a truncated order     | it is malformed                |
        | place an oversized order    | it is too large                |
        | list trades                 | the address is unknown         |
        | read an unknown explanation | the address is unknown         |
        | replace all orders          | the operation is not supported |
        | delete all orders           | the operation is not supported |
