Feature: Viewing an order
  Everybody who knows an order's identity can see it as it is now, for ever.

  Rule: An order is shown as it is now

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
      And the order shows the times that its events told

    Scenario: A cancelled order is shown as CANCELLED
      Given an order is CANCELLED
      When the trader views the order
      Then the order is shown as CANCELLED
      And the order shows what was ordered
      And the order shows the times that its events told

  Rule: An order never shows an older status than the one announced

    Scenario Outline: Right after its <status> event an order shows no older status
      Given an order is <status>
      When the trader makes this request 30 times at once: view the order
      Then the order is shown as <status>

      Examples:
        | status    |
        | EXECUTED  |
        | CANCELLED |

    Scenario: An order is shown as it is when the answer leaves
      Given 60 orders are placed at the same time
      When the trader views every order
      Then no view shows an older status than was announced before it was answered

  Rule: An unknown order is rejected

    Scenario Outline: <identity> is unknown
      When the trader views <identity>
      Then the request is rejected because the order is unknown

      Examples:
        | identity                         |
        | an order that never existed      |
        | an order numbered "1"            |
        | an order numbered "not-an-order" |
        | an order numbered "äöü €"        |
