Feature: Placing orders
  A trader places an order to buy or sell a quantity of a currency pair. The server answers
  with the order it has accepted, or rejects it, says why, and keeps nothing of it.

  Rule: A valid order is accepted as PENDING

    @smoke @severity:critical
    Scenario: A valid order is accepted as PENDING
      Given a trader is following order events
      When the trader places an order to buy 100.5 EURUSD
      Then the order is accepted as PENDING
      And the order shows what was ordered
      And the order shows the times that its events told
      And the order becomes EXECUTED within 1 second

    Scenario Outline: Every valid <field> is accepted
      When the trader places an order whose <field> is <value>
      Then the order is accepted as PENDING
      And the order shows what was ordered

      Examples:
        | field    | value              |
        | side     | "BUY"              |
        | side     | "SELL"             |
        | symbol   | "GBPJPY"           |
        | quantity |                  1 |
        | quantity |         0.00000001 |
        | quantity |         1000000000 |
        | quantity | 999999999.99999999 |
        | quantity | "0.5"              |
        | quantity | "1000000000"       |

    Scenario Outline: A quantity of <sent> is shown plainly
      When the trader places an order whose quantity is <sent>
      Then the order is accepted as PENDING
      And the order shows what was ordered

      Examples:
        | sent      |
        |       100 |
        |     100.0 |
        |    100.50 |
        |       1e2 |
        | "100.500" |
        | "0.10"    |

    Scenario: Orders that are placed at the same time are told apart
      When the trader places 20 orders at the same time
      Then every order is accepted as PENDING

  Rule: An invalid order is rejected and leaves no trace

    @smoke @severity:critical
    Scenario: An order for nothing is rejected
      Given a trader is following order events
      When the trader places an order to buy 0 EURUSD
      Then the order is rejected because the quantity must be greater than 0
      And no trace of the order is left for 2 seconds

    Scenario Outline: A quantity of <value> is rejected
      When the trader places an order whose quantity is <value>
      Then the order is rejected because <reason>
      And no trace of the order is left

      Examples: Out of range
        | value               | reason                                    |
        |                   0 | the quantity must be greater than 0       |
        |                  -1 | the quantity must be greater than 0       |
        | "-0.5"              | the quantity must be greater than 0       |
        |          1000000001 | the quantity must be at most 1000000000   |
        | 1000000000.00000001 | the quantity must be at most 1000000000   |
        |         0.000000001 | the quantity has at most 8 decimal places |
        | "1.123456789"       | the quantity has at most 8 decimal places |

      Examples: Not a number
        | value           | reason                        |
        | "ten"           | the quantity must be a number |
        | ""              | the quantity must be a number |
        | "1,000"         | the quantity must be a number |
        | "1_000"         | the quantity must be a number |
        | " 100"          | the quantity must be a number |
        | "+5"            | the quantity must be a number |
        | "１００"        | the quantity must be a number |
        | true            | the quantity must be a number |
        | false           | the quantity must be a number |
        | nothing         | the quantity must be a number |
        | an empty list   | the quantity must be a number |
        | an empty object | the quantity must be a number |
        | NaN             | there is no such quantity     |
        |        Infinity | there is no such quantity     |
        |       -Infinity | there is no such quantity     |
        |           1e999 | the quantity must be a number |
        | "NaN"           | the quantity must be a number |
        | "Infinity"      | the quantity must be a number |
        | "1e999"         | the quantity must be a number |

    Scenario Outline: A symbol of <value> is rejected
      When the trader places an order whose symbol is <value>
      Then the order is rejected because the symbol must be six capital letters
      And no trace of the order is left

      Examples:
        | value                    |
        | "EUR"                    |
        | "EURUSDX"                |
        | "eurusd"                 |
        | "EUR/USD"                |
        | "EURUS1"                 |
        | "ÄURUSD"                 |
        | "EURUSD "                |
        | ""                       |
        | "A" repeated 10000 times |
        |                   123456 |
        | true                     |
        | nothing                  |
        | an empty list            |
        | half a character         |

    Scenario Outline: A side of <value> is rejected
      When the trader places an order whose side is <value>
      Then the order is rejected because the side must be BUY or SELL
      And no trace of the order is left

      Examples:
        | value   |
        | "HOLD"  |
        | "buy"   |
        | ""      |
        |       1 |
        | true    |
        | nothing |

    Scenario Outline: A reference of <value> is rejected
      When the trader places an order whose reference is <value>
      Then the order is rejected because the reference must be 1 to 64 letters, digits, dots, dashes or underscores
      And no trace of the order is left

      Examples:
        | value                 |
        | ""                    |
        | "A" repeated 65 times |
        | "two words"           |
        | "naïve"               |
        | "semi;colon"          |
        |                     7 |
        | false                 |
        | an empty list         |

    Scenario Outline: An order without its <field> is rejected
      When the trader places an order whose <field> is missing
      Then the order is rejected because the <field> is missing
      And no trace of the order is left

      Examples:
        | field    |
        | symbol   |
        | side     |
        | quantity |

    Scenario: An order with an unknown field is rejected
      When the trader places an order whose colour is "red"
      Then the order is rejected because an order has no colour
      And no trace of the order is left

    Scenario: All that is wrong with an order is told at once
      When the trader places an order with:
        | field    | value  |
        | symbol   | "EUR"  |
        | side     | "HOLD" |
        | quantity |     -1 |
      Then the order is rejected because of its symbol, side and quantity

    Scenario Outline: <message> is not an order
      When the trader sends <message> instead of an order
      Then the order is rejected because it cannot be read

      Examples:
        | message                  |
        | half an order            |
        | an empty message         |
        | plain text               |
        | garbled characters       |
        | a thousand open brackets |

    Scenario Outline: <message> has the wrong shape for an order
      When the trader sends <message> instead of an order
      Then the order is rejected because it is not an order

      Examples:
        | message          |
        | a list of orders |
        | a bare number    |
        | a bare nothing   |

    @own_server
    Scenario: Nothing is kept of what is not an order
      Given a server of our own
      When the trader sends half an order instead of an order
      And the trader sends a list of orders instead of an order
      And the trader sends more than 64 KiB instead of an order
      And the trader lists all orders
      Then the pages show 0 orders

    Scenario: An order may take as much as 64 KiB
      When the trader sends an order of exactly 64 KiB instead of an order
      Then the order is accepted

    Scenario: A message that is far too long is rejected
      When the trader sends more than 64 KiB instead of an order
      Then the order is rejected because it is too large

  Rule: A trader may give an order a reference of their own, once

    Scenario: The reference is kept and told with every event
      When the trader places an order whose reference is 40 random characters behind "a.B_c-9"
      Then the order shows what was ordered
      And the order becomes EXECUTED within 1 second
      And every event of the order carries its reference

    Scenario: The longest reference has 64 characters
      When the trader places an order whose reference is 64 random characters
      Then the order is accepted as PENDING
      And the order shows what was ordered

    @own_server
    Scenario: The shortest reference has one character
      Given a server of our own
      When the trader places an order whose reference is 1 random character
      Then the order is accepted as PENDING
      And the order shows what was ordered

    Scenario: An order without a reference shows none
      When the trader places an order whose reference is missing
      Then the order is accepted as PENDING
      And the order shows what was ordered
      And the order becomes EXECUTED within 1 second
      And every event of the order carries its reference

    Scenario: A reference cannot be used again
      Given an order is placed
      When the trader places another order with the same reference
      Then the order is rejected because its reference is already used
      And the rejection names the first order

    Scenario: A reference stays used after its order was cancelled
      Given an order is CANCELLED
      When the trader places another order with the same reference
      Then the order is rejected because its reference is already used

    Scenario: Of orders with one reference at the same time, exactly one is accepted
      When the trader places 5 orders with one reference at the same time
      Then exactly one order is accepted and every other is rejected because its reference is already used

    Scenario: A rejected order does not use up its reference
      When the trader places an order to buy 0 EURUSD
      And the trader places another order with the same reference
      Then the order is accepted as PENDING
