Feature: Placing orders
  A trader places an order to buy or sell a quantity of a currency pair. The server responds with
  the accepted order, which it executes a moment later, or rejects the order and says why.

  Rule: A valid order is accepted as PENDING and executed within 1 second

    @smoke @severity:critical
    Scenario: A valid order is accepted and executed
      Given a trader is subscribed to order events
      When the trader places an order to buy 100 EURUSD
      Then the order is accepted as PENDING
      And the order shows what was ordered
      And the order shows the times of its events
      And the order becomes EXECUTED within 1 second

    Scenario: Orders to buy and to sell are accepted and executed
      When the trader places these orders:
        | order | side | quantity | symbol |
        | A     | buy  |      100 | EURUSD |
        | B     | sell |       50 | GBPUSD |
      Then every order is accepted as PENDING
      And every order shows what was ordered
      And orders A and B become EXECUTED within 1 second

  Rule: Every order has an ID of its own

    Scenario: Simultaneous orders have different IDs
      When the trader places 20 orders at the same time
      Then every order is accepted as PENDING

  Rule: A rejected order appears in no list and no event

    @smoke @severity:critical
    Scenario: An order with zero quantity is rejected
      Given a trader is subscribed to order events
      When the trader places an order to buy 0 EURUSD
      Then the order is rejected because the quantity must be greater than 0
      And the order appears in no list and no event for 1 second

    @own_server @needs_references
    Scenario: Rejected orders leave nothing behind
      Given a dedicated server
      And 2 orders are placed at the same time
      When the trader places another order with the same reference
      And the trader places an order to buy 0 EURUSD
      And the trader places an order whose symbol is missing
      Then nothing but the accepted orders is listed or announced for 2 seconds

  @needs_problem_details @needs_symbol_rule @needs_side
  Rule: A rejection lists every invalid field

    Scenario: An order with three invalid fields is rejected because of all three
      When the trader places an order with:
        | field    | value  |
        | symbol   | "EUR"  |
        | side     | "HOLD" |
        | quantity |     -1 |
      Then the order is rejected because its symbol, side and quantity are invalid

  @needs_references
  Rule: A trader's own reference is shown with the order and its events

    Scenario: The reference is shown with the order and with every event
      When the trader places an order whose reference is 40 random characters starting with "a.B_c-9"
      Then the order shows what was ordered
      And the order becomes EXECUTED within 1 second
      And every event for the order carries its reference

    Scenario: An order without a reference shows none
      When the trader places an order whose reference is missing
      Then the order is accepted as PENDING
      And the order shows what was ordered
      And the order becomes EXECUTED within 1 second
      And every event for the order carries its reference

  @needs_references
  Rule: A reference can be used for one accepted order only

    @needs_problem_details
    Scenario: A used reference is rejected
      Given an order is placed
      When the trader places another order with the same reference
      Then the order is rejected because its reference is already used
      And the rejection names the first order with its status

    @needs_problem_details
    Scenario Outline: The rejection of a used reference names the <status> order
      Given an order is <status>
      When the trader places another order with the same reference
      Then the rejection names the first order with its status

      Examples:
        | status    |
        | EXECUTED  |
        | CANCELLED |

    Scenario: A reference stays used after its order is cancelled
      Given an order is CANCELLED
      When the trader places another order with the same reference
      Then the order is rejected because its reference is already used

    @needs_problem_details
    Scenario: Only one of several simultaneous orders with the same reference is accepted
      When the trader places 5 orders with one reference at the same time
      Then exactly one order is accepted and every other is rejected because its reference is already used
      And every rejection names the accepted order with its status

    Scenario: References that differ in case are different references
      Given an order is placed
      When the trader places another order with the same reference in capital letters
      Then the order is accepted as PENDING
      And the order shows what was ordered

    Scenario: A rejected order does not use up its reference
      When the trader places an order to buy 0 EURUSD
      And the trader places another order with the same reference
      Then the order is accepted as PENDING
