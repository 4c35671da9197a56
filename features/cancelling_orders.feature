Feature: Cancelling orders
  An order can be cancelled as long as it is PENDING. A cancelled order is never executed, and
  an executed order is never cancelled.

  Rule: A PENDING order can be cancelled, and is then CANCELLED for good

    @smoke @severity:critical
    Scenario: A PENDING order is cancelled
      When the trader places an order and immediately cancels it
      Then the cancel is accepted
      And a PENDING event arrives before CANCELLED
      And the order is still CANCELLED when viewed

    Scenario: A cancelled order is never executed
      When the trader places an order and immediately cancels it
      Then the cancel is accepted
      And no further event for the order arrives in the next 1 second
      And the order is still CANCELLED when viewed

  Rule: A cancel sent straight after acceptance always succeeds

    Scenario: Orders cancelled straight after acceptance are never executed
      When the trader places 20 orders and immediately cancels each
      Then every cancel is accepted
      And every CANCELLED event arrives together with the response to its cancel
      And every order is still CANCELLED when viewed

  Rule: A cancel affects no other order

    Scenario: Cancelling some orders does not affect the others
      When the trader places these orders and immediately cancels orders B and C:
        | order | side | quantity | symbol |
        | A     | buy  |      100 | EURUSD |
        | B     | sell |       50 | GBPUSD |
        | C     | sell |        7 | EURUSD |
      Then every cancel is accepted
      And order A becomes EXECUTED within 1 second
      And orders B and C are still CANCELLED when viewed

  Rule: Only a PENDING order can be cancelled, and a rejected cancel says why

    Scenario: An executed order cannot be cancelled
      Given an order is EXECUTED
      When the trader cancels the order
      Then the cancel is rejected because the order is already executed
      And no further event for the order arrives in the next 1 second
      And the order is still EXECUTED when viewed

    Scenario: A cancelled order cannot be cancelled again
      Given an order is CANCELLED
      When the trader cancels the order
      Then the cancel is rejected because the order is already cancelled
      And no further event for the order arrives in the next 1 second

    Scenario Outline: <order> cannot be cancelled
      When the trader cancels <order>
      Then the request is rejected because the order is unknown

      Examples:
        | order                       |
        | an order that never existed |

      @needs_uuids
      Examples: IDs of another form
        | order                           |
        | an order with ID "1"            |
        | an order with ID "not-an-order" |

  Rule: Only one of several simultaneous cancels succeeds

    Scenario: One of ten simultaneous cancels succeeds
      When the trader places an order and sends 10 simultaneous cancels
      Then exactly one cancel is accepted and every other is rejected because another cancel is in progress or came first
      And the order is still CANCELLED when viewed

    @needs_answer_delays
    Scenario: A cancel is rejected while another one is in progress
      When the trader places an order and sends 10 simultaneous cancels
      Then at least one cancel is rejected because another cancel is in progress

  Rule: An order is either cancelled or executed, never both

    Scenario: Cancels that race with executions have a single outcome
      Given 40 orders are placed at the same time
      When the trader cancels every order, spread over the next 0.5 seconds
      Then for every order the outcome of the cancel, the events and the final status agree
