Feature: Order events
  A subscriber to order events is notified of every status of every order, immediately, in order
  and exactly once.

  Always checked, after every scenario of every feature and for every subscriber: every event has
  the promised form, event numbers have no gaps, no order changes its status after EXECUTED or
  CANCELLED, all subscribers receive the same events in the same order, and every event for an order
  carries the same reference. What does not hold is reported as the broken Rule of this feature.

  Rule: PENDING is announced first, then EXECUTED or CANCELLED, and then nothing more

    @smoke @severity:critical
    Scenario: PENDING arrives before EXECUTED
      Given an order is placed
      Then a PENDING event arrives before EXECUTED

    Scenario: PENDING arrives before CANCELLED
      Given an order is CANCELLED
      Then a PENDING event arrives before CANCELLED

    Scenario: No event follows EXECUTED
      Given an order is EXECUTED
      Then no further event for the order arrives in the next 2 seconds

  Rule: Every event has the promised form

    Scenario: The events for an order without a reference have the promised form
      When the trader places an order whose reference is missing
      Then a PENDING event arrives before EXECUTED

  @needs_times
  Rule: Every event carries the time at which its status was assigned

    Scenario: The order shows the times of its events
      Given an order is EXECUTED
      When the trader views the order
      Then the order shows the times of its events

  @needs_references
  Rule: Every event for an order carries the order's reference

    Scenario: Both events for an order carry its reference
      Given an order is EXECUTED
      Then every event for the order carries its reference

  @needs_numbering
  Rule: Event numbers increase by exactly 1

    Scenario: Events for simultaneous orders are numbered without gaps
      Given Ann is subscribed to order events
      When the trader places 20 orders at the same time
      Then Ann receives PENDING and then EXECUTED for every order

    @own_server @slow @needs_replay
    Scenario: Event numbers go on beyond 10000
      Given a dedicated server with the shortest delays
      And Ann is subscribed to order events
      When the trader places 5100 orders over 50 connections
      And Bob subscribes with replay from "0"
      Then Ann and Bob receive 10200 events, numbered without gaps

  Rule: All subscribers receive every event, in the same order

    Scenario: Five subscribers receive the same events
      Given 5 traders are subscribed to order events
      When the trader places 10 orders at the same time
      Then every trader receives PENDING and then EXECUTED for every order

    @alone
    Scenario: Hundreds of subscribers receive the same events
      Given 250 traders are subscribed to order events
      When the trader places 3 orders at the same time
      Then every trader receives PENDING and then EXECUTED for every order

  Rule: Events arrive immediately

    Scenario: Events for simultaneous orders arrive immediately
      Given 3 traders are subscribed to order events
      When the trader places 20 orders at the same time
      Then every trader receives the events for every order immediately

  Rule: Subscribers may come and go at any time

    Scenario: A late subscriber receives everything from then on
      Given an order is placed
      When Ann subscribes to order events
      And the trader places an order to sell 5 GBPUSD
      Then Ann receives PENDING and then EXECUTED for the order
      And Ann receives no PENDING event for the first order

    Scenario: A departing subscriber does not affect the others
      Given Ann and Bob are subscribed to order events
      And an order is placed
      When Bob disconnects
      Then Ann receives PENDING and then EXECUTED for the order

  @needs_heartbeat
  Rule: A silent connection receives a heartbeat at least every 20 seconds

    @slow
    Scenario: A silent subscriber receives a heartbeat
      Given Ann is subscribed to order events
      Then Ann receives a heartbeat within 20 seconds
