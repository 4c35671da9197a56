@needs_replay
Feature: Event replay
  A subscriber that was disconnected catches up: the server replays all events after a given
  sequence number and then continues with live events.

  Rule: A replay delivers every missed event and continues live, without gaps or duplicates

    Scenario: A returning subscriber receives everything it missed
      Given Ann is subscribed to order events
      And Ann disconnects
      And 5 orders are EXECUTED
      When Ann subscribes with replay from the last event received
      Then Ann receives PENDING and then EXECUTED for every order

    Scenario: A replay continues with live events without a gap
      Given Ann is subscribed to order events
      And Ann disconnects
      And 20 orders are placed at the same time
      When Ann subscribes with replay from the last event received
      Then Ann receives PENDING and then EXECUTED for every order

    @own_server
    Scenario: A subscriber that missed nothing continues with live events
      Given a dedicated server
      And Ann is subscribed to order events
      And 5 orders are EXECUTED
      And Ann disconnects
      When Ann subscribes with replay from the last event received
      And the trader places an order to sell 5 GBPUSD
      Then Ann receives PENDING and then EXECUTED for the order

    @own_server
    Scenario: A replay from 0 delivers every event
      Given a dedicated server
      And 3 orders are EXECUTED
      When Ann subscribes with replay from "0"
      Then Ann receives PENDING and then EXECUTED for every order

  @needs_streams
  Rule: All subscribers are on the same event stream

    Scenario: All subscribers are on the same event stream
      Given Ann and Bob are subscribed to order events
      And Bob disconnects
      When Bob subscribes with replay from the last event received
      Then Ann and Bob are on the same event stream

  Rule: A replay from an invalid sequence number is rejected

    Scenario Outline: A replay from <position> is rejected
      When Ann subscribes with replay from <position>
      Then Ann's subscription is rejected because <reason>

      Examples:
        | position       | reason                                     |
        | "yesterday"    | the sequence number is not a whole number  |
        | "1_0"          | the sequence number is not a whole number  |
        | " 5"           | the sequence number is not a whole number  |
        | "٣"            | the sequence number is not a whole number  |
        | "1.5"          | the sequence number is not a whole number  |
        | ""             | the sequence number is not a whole number  |
        | "-1"           | the sequence number is invalid             |
        | "999999999999" | the sequence number is ahead of the stream |

  Rule: A replay that reaches back beyond the kept history is rejected

    @own_server
    Scenario: A subscriber that was away for too long cannot catch up
      Given a dedicated server with HISTORY set to 4
      And Ann is subscribed to order events
      And Ann disconnects
      And 3 orders are EXECUTED
      When Ann subscribes with replay from the last event received
      Then Ann's subscription is rejected because the sequence number is no longer in the history
