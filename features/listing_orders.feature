Feature: Listing orders
  Orders are listed oldest first, page by page. A list can be filtered by status, currency pair or
  reference. AAABBB stands for a currency pair that only this scenario trades.

  Background:
    Given AAABBB stands for a currency pair that only this scenario trades

  Rule: All orders are listed, oldest first, whatever their status

    @smoke @severity:critical
    Scenario: All orders in a currency pair are listed, oldest first
      Given these orders:
        | order | side | quantity | symbol |
        | A     | buy  |      100 | AAABBB |
        | B     | sell |        5 | AAABBB |
        | C     | buy  |        7 | AAABBB |
      When the trader lists the orders in AAABBB
      Then the list has orders A, B and C and nothing else
      And every order shows what was ordered

    Scenario: A cancelled order remains in the list
      Given these orders:
        | order | side | quantity | symbol | status    |
        | A     | buy  |      100 | AAABBB |           |
        | B     | sell |       50 | AAABBB | CANCELLED |
      When the trader lists the orders in AAABBB
      Then the list has orders A and B and nothing else

    @needs_any_symbol
    Scenario: The list of a currency pair without orders is empty
      When the trader lists the orders in AAABBB
      Then the list is empty

  Rule: Orders can be filtered by status, by currency pair and by reference

    @needs_filters
    Scenario: Orders can be filtered by status
      Given these orders:
        | order | side | quantity | symbol | status    |
        | A     | buy  |      100 | AAABBB | EXECUTED  |
        | B     | sell |       50 | AAABBB | CANCELLED |
        | C     | sell |       25 | AAABBB | EXECUTED  |
      When the trader lists the EXECUTED orders in AAABBB
      Then the list has orders A and C and nothing else

    @own_server @needs_filters
    Scenario: Orders can be filtered by status across all currency pairs
      Given a dedicated server
      And these orders:
        | order | side | quantity | symbol | status    |
        | A     | buy  |      100 | EURUSD | EXECUTED  |
        | B     | sell |       50 | GBPUSD | EXECUTED  |
        | C     | sell |        7 | EURUSD | CANCELLED |
      When the trader lists the EXECUTED orders
      Then the list has orders A and B and nothing else

    @needs_filters
    Scenario: Orders can be filtered by CANCELLED
      Given these orders:
        | order | side | quantity | symbol | status    |
        | A     | buy  |      100 | AAABBB | CANCELLED |
        | B     | sell |       50 | AAABBB | EXECUTED  |
      When the trader lists the CANCELLED orders in AAABBB
      Then the list has order A and nothing else

    @needs_filters @needs_references
    Scenario: Orders can be filtered by reference
      Given an order is placed
      When the trader lists the orders with the reference of the order
      Then the list has the order and nothing else

    @needs_filters @needs_references
    Scenario: A reference in capital letters is another reference
      Given an order is placed
      And another order with the same reference in capital letters is placed
      When the trader lists the orders with the reference of the first order
      Then the list has the first order and nothing else

    @needs_filters @needs_references
    Scenario: A longer reference is another reference
      Given an order is placed
      And another order with the same reference and one more letter is placed
      When the trader lists the orders with the reference of the first order
      Then the list has the first order and nothing else

    @needs_filters @needs_references
    Scenario: All filters of a list must hold
      Given these orders:
        | order | side | quantity | symbol | status    |
        | A     | buy  |      100 | AAABBB | EXECUTED  |
        | B     | sell |       50 | AAABBB | CANCELLED |
      When the trader lists the CANCELLED orders in AAABBB with the reference of order B
      Then the list has order B and nothing else

    @needs_filters @needs_references
    Scenario Outline: Filters are combined in a list of <orders>
      Given these orders:
        | order | side | quantity | symbol | status    |
        | A     | buy  |      100 | AAABBB | EXECUTED  |
        | B     | sell |       50 | AAABBB | CANCELLED |
      When the trader lists <orders>
      Then the page has 0 orders

      Examples:
        | orders                                                       |
        | the EXECUTED orders with the reference of order B            |
        | the CANCELLED orders in AAABBB with the reference of order A |
        | the orders in EURUSD with the reference of order B           |

  Rule: A list shows each order as it is shown when viewed

    Scenario: An order is listed as it is shown when viewed
      Given these orders:
        | order | side | quantity | symbol | status    |
        | A     | buy  |      100 | AAABBB | EXECUTED  |
        | B     | sell |       50 | AAABBB | CANCELLED |
      When the trader lists the orders in AAABBB
      Then every order is listed as it is shown when viewed
      And every order shows what was ordered
      And every order shows the times of its events

  Rule: A list is up to date when the response is sent

    Scenario: The list of PENDING orders is up to date while orders are executed
      Given 20 orders in AAABBB are placed at the same time
      When the trader lists the PENDING orders in AAABBB 10 times simultaneously
      Then each list has exactly the orders that were PENDING at that time

    Scenario: The list of EXECUTED orders includes those executed just before
      Given 5 orders in AAABBB are EXECUTED
      When the trader lists the EXECUTED orders in AAABBB 30 times simultaneously
      Then each list has exactly the orders that were EXECUTED at that time

  @needs_paging @needs_filters
  Rule: Paging returns every order exactly once, oldest first

    Scenario: A list is split into pages of the requested size
      Given 5 orders in AAABBB are placed at the same time
      When the trader lists the orders in AAABBB, 2 per page
      Then the pages have 2, 2 and 1 orders
      And paging returns every order exactly once, oldest first

    Scenario: The last page may be full
      Given 4 orders in AAABBB are placed at the same time
      When the trader lists the orders in AAABBB, 2 per page
      Then paging returns every order exactly once, oldest first

    Scenario: The page size may be 1
      Given 2 orders in AAABBB are placed at the same time
      When the trader lists the orders in AAABBB, 1 per page
      Then paging returns every order exactly once, oldest first

    @slow
    Scenario: The page size may be 500
      When the trader places 501 orders in AAABBB, 100 at a time
      And the trader lists the orders in AAABBB, 500 per page
      Then the pages have 500 and 1 orders
      And paging returns every order exactly once, oldest first

    Scenario: A page can be requested again
      Given 5 orders in AAABBB are placed at the same time
      When the trader lists the orders in AAABBB, 2 per page, requesting each page twice
      Then each page has the same orders both times

    @own_server @needs_paging
    Scenario: All orders of the server can be listed
      Given a dedicated server
      And 5 orders are placed at the same time
      When the trader lists all orders, 2 per page
      Then the pages have 2, 2 and 1 orders
      And paging returns every order exactly once, oldest first

    Scenario: New orders do not disturb paging
      Given 4 orders in AAABBB are placed at the same time
      When the trader lists the orders in AAABBB, 2 per page, while 4 new orders arrive
      Then paging returns every order exactly once, oldest first

    Scenario: Status changes do not disturb paging
      Given 6 orders in AAABBB are placed at the same time
      When the trader lists the orders in AAABBB, 2 per page, while all orders are cancelled
      Then paging returns every order exactly once, oldest first

  @needs_paging @needs_filters
  Rule: A page has 100 orders unless another page size is requested

    Scenario: 101 orders are split into pages of 100 and 1
      Given 101 orders in AAABBB are placed at the same time
      When the trader lists the orders in AAABBB
      Then the pages have 100 and 1 orders
      And paging returns every order exactly once, oldest first

  @needs_strict_queries
  Rule: Invalid list filters and page sizes are rejected

    Scenario Outline: A <filter> of "<value>" is rejected as invalid
      When the trader lists the orders with the <filter> "<value>"
      Then the request is rejected because the <filter> is invalid

      @needs_paging
      Examples: Pages
        | filter    | value    |
        | page size |        0 |
        | page size |       -1 |
        | page size |      501 |
        | page size | ten      |
        | page size |      1.5 |
        | cursor    | nonsense |

      @needs_filters
      Examples: Statuses
        | filter | value   |
        | status | pending |
        | status | DONE    |

      @needs_filters @needs_symbol_rule
      Examples: Symbols
        | filter | value  |
        | symbol | eurusd |
        | symbol | EUR    |

      @needs_filters @needs_references
      Examples: References
        | filter    | value     |
        | reference | two words |

    @needs_filters
    Scenario: A filter that does not exist is rejected
      When the trader lists the orders with the colour "red"
      Then the request is rejected because no list is filtered by colour

    Scenario Outline: A <filter> that is given twice is rejected
      When the trader lists the orders with the <filter> "<value>" and the <filter> "<other>"
      Then the request is rejected because the <filter> is given twice

      @needs_paging
      Examples: Pages
        | filter    | value | other |
        | page size |     5 |     5 |

      @needs_filters
      Examples: Statuses and symbols
        | filter | value   | other    |
        | status | PENDING | EXECUTED |
        | symbol | EURUSD  | GBPUSD   |

      @needs_filters @needs_references
      Examples: References
        | filter    | value | other |
        | reference | one   | two   |
