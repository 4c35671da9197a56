@slow
Feature: Several replicas
  Servers that share a store are one exchange. A trader may turn to any of them, and an accepted
  order outlives the server that accepted it. These scenarios start replicas of their own.

  Rule: What one replica accepts, every replica knows

    @replicas @own_server
    Scenario: An order placed at one replica is cancelled at another
      Given 3 replicas of one exchange
      And Ann is subscribed to order events
      When the trader turns to replica 2
      And the trader places an order to buy 100 EURUSD
      And the trader turns to replica 3
      And the trader cancels the order
      Then the cancel is accepted
      And Ann receives PENDING and then CANCELLED for the order
      And the order is still CANCELLED when viewed

    @replicas @own_server
    Scenario: Orders placed at one replica are listed at another
      Given 3 replicas of one exchange
      And PAIR stands for a currency pair that only this scenario trades
      And 3 orders in PAIR are EXECUTED
      When the trader turns to replica 2
      And the trader lists the orders in PAIR
      Then the list has all orders and nothing else

    @replicas @own_server
    Scenario: Of orders with one reference at all replicas, one is accepted
      Given 3 replicas of one exchange
      When the trader places 9 orders with one reference, spread over all replicas
      Then exactly one order is accepted and every other is rejected because its reference is already used
      And every rejection names the accepted order with its status

  Rule: A replica that dies takes no accepted order along

    @replicas @own_server
    Scenario: Orders of a replica that dies are executed by the others
      Given 3 replicas of one exchange
      And the trader turns to replica 2
      And Ann is subscribed to order events
      When the trader turns to replica 1
      And the trader places 100 orders at the same time
      And replica 1 dies
      And the trader turns to replica 3
      Then Ann receives PENDING and then EXECUTED for every order

    @replicas @own_server
    Scenario: A replica dies while orders are placed, and those that were accepted are cancelled
      Given 3 replicas of one exchange
      When the trader places 100 orders, spread over all replicas, and replica 3 dies meanwhile
      And the trader cancels every order, spread over the next 1 second
      Then for every order the outcome of the cancel, the events and the final status agree

    @replicas @own_server
    Scenario: A subscriber of a replica that dies goes on at another one
      Given 3 replicas of one exchange
      And the trader turns to replica 3
      And Ann is subscribed to order events
      When the trader turns to replica 1
      And the trader places 100 orders, spread over all replicas, and replica 3 dies meanwhile
      And Ann subscribes with replay from the last event received
      Then Ann receives PENDING and then EXECUTED for every order

  Rule: While the store is away orders are rejected, and everything recovers by itself

    @replicas @own_server
    Scenario: An order is rejected while the store is away
      Given 3 replicas of one exchange
      And Ann is subscribed to order events
      When the store is shut down
      And the trader places an order
      Then the order is rejected because the store is away
      When the store is started again
      Then every replica passes its health check within 5 seconds
      When the trader places another order
      Then Ann receives PENDING and then EXECUTED for the order

  Rule: Orders outlive all replicas

    @replicas @own_server
    Scenario: Orders are still there after all replicas have been restarted
      Given 3 replicas of one exchange
      And 5 orders are EXECUTED
      When all replicas are restarted
      Then every order is still EXECUTED when viewed
