Feature: Order validation
  An order has a symbol, a side and a quantity, and optionally a reference. Each field is checked
  before the order is accepted. An order with an invalid field is rejected and leaves nothing behind.

  Rule: Every valid value is accepted, and shown exactly as ordered

    Scenario Outline: A <field> of <value> is accepted
      When the trader places an order whose <field> is <value>
      Then the order is accepted as PENDING
      And the order shows what was ordered

      Examples:
        | field    | value      |
        | quantity |          1 |
        | quantity | 1000000000 |

      @needs_side
      Examples: Sides
        | field | value  |
        | side  | "BUY"  |
        | side  | "SELL" |

      @needs_any_symbol
      Examples: Symbols
        | field  | value    |
        | symbol | "GBPJPY" |

      @needs_quoted_quantities
      Examples: Quantities as text
        | field    | value        |
        | quantity | "0.5"        |
        | quantity | "1000000000" |

      @needs_quantity_rule @needs_fractions
      Examples: Small and exact quantities
        | field    | value              |
        | quantity |         0.00000001 |
        | quantity | 999999999.99999999 |

  Rule: A quantity is shown as a plain decimal number without trailing zeros

    Scenario Outline: A quantity of <sent> is shown plainly
      When the trader places an order whose quantity is <sent>
      Then the order is accepted as PENDING
      And the order shows what was ordered

      Examples:
        | sent  |
        |   100 |
        | 100.0 |
        |   1e2 |

      @needs_quoted_quantities
      Examples: Sent as text
        | sent      |
        | "100.500" |
        | "0.10"    |

      @needs_fractions
      Examples: With decimal places
        | sent   |
        | 100.50 |

  Rule: The quantity is greater than 0 and at most 1000000000, with at most 8 decimal places

    Scenario Outline: A quantity of <value> is rejected
      When the trader places an order whose quantity is <value>
      Then the order is rejected because <reason>
      And the order appears in no list and no event

      Examples: Out of range
        | value  | reason                              |
        |      0 | the quantity must be greater than 0 |
        |     -1 | the quantity must be greater than 0 |
        | "-0.5" | the quantity must be greater than 0 |

      Examples: Not a number
        | value    | reason                        |
        | "ten"    | the quantity must be a number |
        | ""       | the quantity must be a number |
        | "1,000"  | the quantity must be a number |
        | "1_000"  | the quantity must be a number |
        | " 100"   | the quantity must be a number |
        | "+5"     | the quantity must be a number |
        | "１００" | the quantity must be a number |

      @needs_quantity_rule
      Examples: Too large or too exact
        | value               | reason                                    |
        |          1000000001 | the quantity must be at most 1000000000   |
        | 1000000000.00000001 | the quantity must be at most 1000000000   |
        |         0.000000001 | the quantity has at most 8 decimal places |
        | "1.123456789"       | the quantity has at most 8 decimal places |

  @needs_symbol_rule
  Rule: The symbol is six capital letters

    Scenario Outline: A symbol of <value> is rejected
      When the trader places an order whose symbol is <value>
      Then the order is rejected because the symbol must be six capital letters
      And the order appears in no list and no event

      Examples:
        | value     |
        | "EUR"     |
        | "EURUSDX" |
        | "eurusd"  |
        | "EUR/USD" |
        | "EURUS1"  |
        | "ÄURUSD"  |
        | "EURUSD " |
        | ""        |

  @needs_side
  Rule: The side is BUY or SELL

    Scenario Outline: A side of <value> is rejected
      When the trader places an order whose side is <value>
      Then the order is rejected because the side must be BUY or SELL
      And the order appears in no list and no event

      Examples:
        | value  |
        | "HOLD" |
        | "buy"  |
        | ""     |

  @needs_references
  Rule: The reference is 1 to 64 letters, digits, dots, dashes or underscores

    Scenario: The longest reference has 64 characters
      When the trader places an order whose reference is 64 random characters
      Then the order is accepted as PENDING
      And the order shows what was ordered

    @own_server
    Scenario: The shortest reference has one character
      Given a dedicated server
      When the trader places an order whose reference is 1 random character
      Then the order is accepted as PENDING
      And the order shows what was ordered

    Scenario Outline: A reference of <value> is rejected
      When the trader places an order whose reference is <value>
      Then the order is rejected because the reference must be 1 to 64 letters, digits, dots, dashes or underscores
      And the order appears in no list and no event

      Examples:
        | value                 |
        | ""                    |
        | "A" repeated 65 times |
        | "two words"           |
        | "naïve"               |
        | "semi;colon"          |

  Rule: Symbol, side and quantity are required

    Scenario Outline: An order without a <field> is rejected
      When the trader places an order whose <field> is missing
      Then the order is rejected because the <field> is missing
      And the order appears in no list and no event

      Examples:
        | field    |
        | symbol   |
        | quantity |

      @needs_side
      Examples: Sides
        | field |
        | side  |

  @needs_strict_fields
  Rule: An order with an unknown field is rejected

    Scenario: An order with a colour is rejected
      When the trader places an order whose colour is "red"
      Then the order is rejected because an order has no colour
      And the order appears in no list and no event

    Scenario: An unknown field is named exactly, whatever its name
      When the trader places an order whose bid/ask~spread is "0.2"
      Then the order is rejected because an order has no bid/ask~spread
