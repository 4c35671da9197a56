Feature: Running a server
  What the people who run a server can rely on. These scenarios start servers of their own; a
  server that somebody else runs cannot be stopped or filled up for a test.

  Rule: A server has limits, and says so

    @own_server
    Scenario: A full server rejects further orders
      Given a server of our own with MAX_ORDERS set to 3
      And 3 orders are placed at the same time
      When the trader places an order to buy 1 EURUSD
      Then the order is rejected because the server is full
      And the rejection leads to an explanation for people
      And no trace of the order is left

    @own_server
    Scenario: Who was away for too long cannot catch up
      Given a server of our own with HISTORY set to 4
      And Ann is following order events
      And Ann stops following
      And 3 orders are EXECUTED
      When Ann follows order events from the last event heard
      Then Ann is turned away because the place reaches back too far

    @own_server
    Scenario: Who missed nothing can follow on
      Given a server of our own
      And Ann is following order events
      And an order is EXECUTED
      And Ann stops following
      When Ann follows order events from the last event heard
      And the trader places an order to sell 5 GBPUSD
      Then Ann hears that the order is PENDING and then EXECUTED

    @own_server @slow
    Scenario: A subscriber that does not read is cut off, and the others notice nothing
      Given a server of our own with SUBSCRIBER_QUEUE set to 300
      And Ann is following order events
      And Mallory is following order events without reading
      When the trader places 1000 orders, 100 at a time
      Then Mallory is turned away because reading is too slow, and told from where to resume
      And Ann hears that every order is PENDING and then EXECUTED
      When Mallory follows order events from the last event heard
      Then Mallory hears that the order is PENDING and then EXECUTED

  Rule: A server with a seed can be repeated

    @own_server @slow
    Scenario: Servers with the same seed take the same times
      Given a server of our own with SEED set to 7
      And 10 orders are EXECUTED
      When the server is started anew
      And the trader places 10 orders at the same time
      Then both servers execute their orders after the same times

  Rule: A server leaves politely

    @own_server
    Scenario: Subscribers are told that the server leaves
      Given a server of our own
      And Ann is following order events
      And 5 orders are placed at the same time
      When the server is asked to stop
      Then Ann is turned away because the server goes away
      And the server ends within 3 seconds without complaint

    @own_server
    Scenario: A server that starts anew says so
      Given a server of our own
      And Ann is following order events
      When the server is started anew
      And Bob starts to follow order events
      Then Ann and Bob follow different streams

  Rule: A server that cannot work as told does not start

    @own_server
    Scenario Outline: A server with <setting> set to <value> does not start
      When somebody starts a server with <setting> set to "<value>"
      Then it does not start, and names <setting> in one line

      Examples:
        | setting          | value |
        | DELAY_MIN        |    -1 |
        | DELAY_MAX        | soon  |
        | DELAY_MIN        |  1000 |
        | SEED             | abc   |
        | HISTORY          |    -1 |
        | SUBSCRIBER_QUEUE |     0 |
        | MAX_ORDERS       | many  |
