Feature: Cancelling orders
  An order can be cancelled as long as it is PENDING. A cancelled order is never executed, and
  an executed order is never cancelled.

  Rule: A PENDING order can be cancelled

    @smoke @severity:critical
    Scenario: A PENDING order is cancelled
      When the trader places an order and cancels it at once
      Then the cancel is accepted
      And a PENDING event arrives before CANCELLED
      And the order stays readable as CANCELLED

    Scenario: A cancelled order is never executed
      When the trader places an order and cancels it at once
      Then the cancel is accepted
      And nothing more is heard of the order for 2 seconds

    Scenario: A cancel at once always wins
      When the trader places 20 orders and cancels each at once
      Then every cancel is accepted
      And every order stays readable as CANCELLED

    Scenario: Cancelling some orders leaves the others alone
      When the trader places these orders and cancels orders B and C at once:
        | order | side | quantity | symbol |
        | A     | buy  |      100 | EURUSD |
        | B     | sell |       50 | GBPUSD |
        | C     | sell |        7 | EURUSD |
      Then every cancel is accepted
      And order A becomes EXECUTED within 1 second
      And orders B and C stay readable as CANCELLED

  Rule: A cancel that makes no sense is rejected, and says why

    Scenario: An executed order cannot be cancelled
      Given an order is EXECUTED
      When the trader cancels the order
      Then the cancel is rejected because it is too late
      And the rejection leads to an explanation for people
      And nothing more is heard of the order for 1 second
      And the order stays readable as EXECUTED

    Scenario: A cancelled order cannot be cancelled again
      Given an order is CANCELLED
      When the trader cancels the order
      Then the cancel is rejected because the order is already cancelled
      And the rejection leads to an explanation for people
      And nothing more is heard of the order for 1 second

    Scenario: Of cancels at the same time, one is accepted
      When the trader places an order and cancels it 10 times at once
      Then exactly one cancel is accepted and every other is rejected because another one is under way or was first
      And at least one cancel is rejected because another one is under way
      And every rejection leads to an explanation for people
      And the order stays readable as CANCELLED

    Scenario Outline: <identity> cannot be cancelled
      When the trader cancels <identity>
      Then the request is rejected because the order is unknown

      Examples:
        | identity                         |
        | an order that never existed      |
        | an order numbered "1"            |
        | an order numbered "not-an-order" |

  Rule: Of a cancel and an execution exactly one wins

    Scenario: The answer, the events and the order agree on who won
      Given 40 orders are placed at the same time
      When the trader cancels each of them at a different moment of the next 1 second
      Then for each order the cancel, the events and the final status agree on who won
