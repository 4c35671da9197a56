Feature: Performance
  Many traders place orders at the same moment. Each order has its own random delay, so that a
  hundred orders take hardly longer than one. The execution delay of an order is the time from the
  arrival of its answer to the arrival of its EXECUTED event.

  Rule: A hundred orders at the same time are all executed as promised

    @alone @smoke @severity:critical
    Scenario: 100 orders at the same time
      When the trader places a burst of 100 orders
      Then every order of the burst is accepted, announced as PENDING and then as EXECUTED
      And the average execution delay is at most 0.75 seconds
      And the longest execution delay is at most 1 second
      And the execution delays are spread as random ones between the promised limits
