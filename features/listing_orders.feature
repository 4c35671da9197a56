Feature: Listing orders
  Orders are listed oldest first, in pages. A list can be narrowed to a status, a currency pair
  or a reference. Here AAABBB stands for a currency pair that nobody else trades meanwhile.

  Background:
    Given AAABBB stands for a currency pair that nobody else trades

  Rule: Orders are listed oldest first, whatever became of them

    @smoke @severity:critical
    Scenario: All orders of a currency pair are listed, oldest first
      Given these orders:
        | order | side | quantity | symbol |
        | A     | buy  |      100 | AAABBB |
        | B     | sell |      0.5 | AAABBB |
        | C     | buy  |        7 | AAABBB |
      When the trader lists the orders in AAABBB
      Then the list shows orders A, B and C and nothing else
      And every order shows what was ordered

    Scenario: A cancelled order stays in the list
      Given these orders:
        | order | side | quantity | symbol | status    |
        | A     | buy  |      100 | AAABBB |           |
        | B     | sell |       50 | AAABBB | CANCELLED |
      When the trader lists the orders in AAABBB
      Then the list shows orders A and B and nothing else

    Scenario: A currency pair that nobody trades has an empty list
      When the trader lists the orders in AAABBB
      Then the pages show 0 orders

  Rule: A list can be narrowed

    Scenario: To a status
      Given these orders:
        | order | side | quantity | symbol | status    |
        | A     | buy  |      100 | AAABBB | EXECUTED  |
        | B     | sell |       50 | AAABBB | CANCELLED |
        | C     | sell |       25 | AAABBB | EXECUTED  |
      When the trader lists the EXECUTED orders in AAABBB
      Then the list shows orders A and C and nothing else

    @own_server
    Scenario: To a status, whatever the currency pair
      Given a server of our own
      And these orders:
        | order | side | quantity | symbol | status    |
        | A     | buy  |      100 | EURUSD | EXECUTED  |
        | B     | sell |       50 | GBPUSD | EXECUTED  |
        | C     | sell |        7 | EURUSD | CANCELLED |
      When the trader lists the EXECUTED orders
      Then the list shows orders A and B and nothing else

    Scenario: To the cancelled ones
      Given these orders:
        | order | side | quantity | symbol | status    |
        | A     | buy  |      100 | AAABBB | CANCELLED |
        | B     | sell |       50 | AAABBB | EXECUTED  |
      When the trader lists the CANCELLED orders in AAABBB
      Then the list shows order A and nothing else

    Scenario: To those that wait for their execution
      Given 20 orders in AAABBB are placed at the same time
      When the trader lists the PENDING orders in AAABBB 10 times at once
      Then each list shows the orders that were PENDING meanwhile and no others

    Scenario: To those that were executed just now
      Given 5 orders in AAABBB are EXECUTED
      When the trader lists the EXECUTED orders in AAABBB 30 times at once
      Then each list shows the orders that were EXECUTED meanwhile and no others

    Scenario: To a reference
      Given an order is placed
      When the trader lists the orders with the reference of the order
      Then the list shows the order and nothing else

  Rule: A walk through the pages meets every order exactly once

    Scenario: A page shows as many orders as were asked for
      Given 5 orders in AAABBB are placed at the same time
      When the trader lists the orders in AAABBB, 2 at a time
      Then the pages show 2, 2 and 1 orders
      And the pages show every order exactly once, oldest first

    Scenario: The last page may be full
      Given 4 orders in AAABBB are placed at the same time
      When the trader lists the orders in AAABBB, 2 at a time
      Then the pages show every order exactly once, oldest first

    Scenario: A page shows 100 orders unless told otherwise
      Given 101 orders in AAABBB are placed at the same time
      When the trader lists the orders in AAABBB
      Then the pages show 100 and 1 orders
      And the pages show every order exactly once, oldest first

    Scenario: A page may have a single order
      Given 2 orders in AAABBB are placed at the same time
      When the trader lists the orders in AAABBB, 1 at a time
      Then the pages show every order exactly once, oldest first

    Scenario: A page may have 500 orders
      Given 101 orders in AAABBB are placed at the same time
      When the trader lists the orders in AAABBB, 500 at a time
      Then the pages show 101 orders
      And the pages show every order exactly once, oldest first

    @own_server
    Scenario: All orders can be listed
      Given a server of our own
      And 5 orders are placed at the same time
      When the trader lists all orders, 2 at a time
      Then the pages show 2, 2 and 1 orders
      And the pages show every order exactly once, oldest first

    Scenario: Orders that arrive during a walk do not disturb it
      Given 4 orders in AAABBB are placed at the same time
      When the trader lists the orders in AAABBB, 2 at a time, while 4 new ones arrive
      Then the pages show every order exactly once, oldest first

    Scenario: Orders that change during a walk do not disturb it
      Given 6 orders in AAABBB are placed at the same time
      When the trader lists the orders in AAABBB, 2 at a time, while all orders are cancelled
      Then the pages show every order exactly once, oldest first

  Rule: A question that makes no sense is rejected

    Scenario Outline: A <filter> of "<value>" makes no sense
      When the trader lists the orders with the <filter> "<value>"
      Then the request is rejected because the <filter> makes no sense

      Examples:
        | filter    | value     |
        | limit     |         0 |
        | limit     |        -1 |
        | limit     |       501 |
        | limit     | ten       |
        | limit     |       1.5 |
        | status    | pending   |
        | status    | DONE      |
        | symbol    | eurusd    |
        | symbol    | EUR       |
        | reference | two words |
        | cursor    | nonsense  |
