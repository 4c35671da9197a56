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

  Rule: Orders outlive all replicas

    @replicas @own_server
    Scenario: Orders are still there after all replicas have been restarted
      Given 3 replicas of one exchange
      And 5 orders are EXECUTED
      When all replicas are restarted
      Then every order is still EXECUTED when viewed
