Feature: Viewing an order
  An order can be viewed by its ID at any time. It is shown with its current status.

  Rule: An order is shown as it was ordered, with its current status and times

    @smoke @severity:critical
    Scenario: A new order can be viewed
      Given an order is placed
      When the trader views the order
      Then the order shows what was ordered

    Scenario: An executed order is shown as EXECUTED
      Given an order is EXECUTED
      When the trader views the order
      Then the order is shown as EXECUTED
      And the order shows what was ordered
      And the order shows the times of its events

    Scenario: A cancelled order is shown as CANCELLED
      Given an order is CANCELLED
      When the trader views the order
      Then the order is shown as CANCELLED
      And the order shows what was ordered
      And the order shows the times of its events

  Rule: A view never shows an older status than the latest event

    Scenario Outline: An order viewed right after its <status> event is shown as <status>
      Given an order is <status>
      When the trader sends 30 simultaneous requests to view the order
      Then the order is shown as <status>

      Examples:
        | status    |
        | EXECUTED  |
        | CANCELLED |

    Scenario: An order viewed right after its cancel is shown as CANCELLED
      When the trader places an order and immediately cancels it
      And the trader sends 30 simultaneous requests to view the order
      Then the order is shown as CANCELLED

    Scenario: An order viewed during its execution is shown with its status at the time of the response
      Given 60 orders are placed at the same time
      When the trader views every order
      Then no view shows an older status than the latest event before the response

  Rule: Every order that is announced can be viewed

    Scenario: Every announced order can be viewed
      When the trader places 10 orders at the same time
      And the trader places an order to buy 0 EURUSD
      Then every announced order can be viewed

  Rule: A view of an unknown order is rejected

    Scenario Outline: A view of <order> is rejected
      When the trader views <order>
      Then the request is rejected because the order is unknown

      Examples:
        | order                       |
        | an order that never existed |

      @needs_uuids
      Examples: IDs of another form
        | order                           |
        | an order with ID "1"            |
        | an order with ID "not-an-order" |
        | an order with ID "äöü €"        |
