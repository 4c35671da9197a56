Feature: Performance
  Many traders place orders at the same time. Every order has its own random delay, so a hundred
  orders take hardly longer than one. The execution delay of an order is the time from its
  acceptance to its EXECUTED event, both as received by the trader.

  Rule: 100 simultaneous orders are all executed within 1 second, and within 0.75 seconds on average

    @alone @smoke @severity:critical
    Scenario: 100 simultaneous orders are executed in time
      When the trader places a burst of 100 orders
      Then every order of the burst is accepted, announced as PENDING and then as EXECUTED
      And the average execution delay is at most 0.75 seconds
      And the longest execution delay is at most 1 second
      And 80 of 100 orders are executed within 0.95 seconds
      And no order is executed sooner than 0.1 seconds after its acceptance
      And the execution delays are spread evenly over the promised range
