Feature: Following order events
  Whoever follows the order events is told of every status of every order, at once, in order and
  exactly once.

  Rule: An order is announced as PENDING first, and then as what becomes of it

    @smoke @severity:critical
    Scenario: PENDING arrives before EXECUTED
      Given an order is placed
      Then a PENDING event arrives before EXECUTED

    Scenario: PENDING arrives before CANCELLED
      Given an order is CANCELLED
      Then a PENDING event arrives before CANCELLED

    Scenario: Nothing is heard of an order after EXECUTED
      Given an order is EXECUTED
      Then nothing more is heard of the order for 2 seconds

    Scenario: An event tells when its status was assigned
      Given an order is EXECUTED
      When the trader views the order
      Then the order shows the times that its events told

  Rule: Every subscriber is told everything in the same order

    Scenario: All subscribers hear the same
      Given 5 traders are following order events
      When the trader places 10 orders at the same time
      Then every trader hears that every order is PENDING and then EXECUTED

    Scenario: An event arrives at once
      Given 3 traders are following order events
      When the trader places 20 orders at the same time
      Then every trader hears of every order at once

    Scenario: Who joins late hears everything from then on
      Given an order is placed
      When Ann starts to follow order events
      And the trader places an order to sell 5 GBPUSD
      Then Ann hears that the order is PENDING and then EXECUTED
      And Ann hears no PENDING event of the first order

    Scenario: Who leaves is missed by nobody
      Given Ann and Bob are following order events
      And an order is placed
      When Bob stops following
      Then Ann hears that the order is PENDING and then EXECUTED

  Rule: Who was away can catch up

    Scenario: Who comes back hears all that was missed
      Given Ann is following order events
      And Ann stops following
      And 5 orders are EXECUTED
      When Ann follows order events from the last event heard
      Then Ann hears that every order is PENDING and then EXECUTED

    Scenario: Catching up goes over into live events without a gap
      Given Ann is following order events
      And Ann stops following
      And 20 orders are placed at the same time
      When Ann follows order events from the last event heard
      Then Ann hears that every order is PENDING and then EXECUTED

    Scenario Outline: Nobody can follow from <place>
      When Ann follows order events from <place>
      Then Ann is turned away because <reason>

      Examples:
        | place          | reason                             |
        | "yesterday"    | the place is not a whole number    |
        | "1_0"          | the place is not a whole number    |
        | " 5"           | the place is not a whole number    |
        | "٣"            | the place is not a whole number    |
        | "1.5"          | the place is not a whole number    |
        | ""             | the place is not a whole number    |
        | "-1"           | the place makes no sense           |
        | "999999999999" | the place lies ahead of the stream |

  Rule: A rude subscriber harms only itself

    Scenario Outline: A subscriber that <misbehaves> harms nobody else
      Given Ann and Mallory are following order events
      When Mallory <misbehaves>
      And the trader places 5 orders at the same time
      Then Ann hears that every order is PENDING and then EXECUTED

      Examples:
        | misbehaves                |
        | sends rubbish             |
        | sends binary rubbish      |
        | sends a frame over 64 KiB |
        | vanishes without a word   |
        | stops reading             |

    Scenario: What a subscriber says is ignored
      Given Ann is following order events
      When Ann sends rubbish
      And the trader places an order to buy 1 EURUSD
      Then Ann hears that the order is PENDING and then EXECUTED

    @slow
    Scenario: A silent connection is checked for life
      Given Ann is following order events
      Then Ann is asked for a sign of life within 20 seconds
