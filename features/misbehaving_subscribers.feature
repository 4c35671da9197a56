Feature: Misbehaving subscribers
  A subscriber that sends garbage, loses its connection or does not keep up must not affect the
  others.

  Rule: A misbehaving subscriber harms only itself

    Scenario Outline: A subscriber that <misbehaves> does not affect the others
      Given Ann and Mallory are subscribed to order events
      When Mallory <misbehaves>
      And the trader places 5 orders at the same time
      Then Ann receives PENDING and then EXECUTED for every order

      Examples:
        | misbehaves                  |
        | sends malformed text        |
        | sends binary data           |
        | sends a message over 64 KiB |
        | loses the connection        |
        | stops reading               |

  Rule: Messages from subscribers are ignored

    Scenario: A subscriber that sends malformed text still receives events
      Given Ann is subscribed to order events
      When Ann sends malformed text
      And the trader places an order to buy 1 EURUSD
      Then Ann receives PENDING and then EXECUTED for the order

  Rule: A subscriber that does not read is disconnected and can resume later

    @own_server @slow @needs_configuration @needs_replay
    Scenario: A slow subscriber is disconnected and resumes where it stopped
      Given a dedicated server with SUBSCRIBER_QUEUE set to 300
      And Ann is subscribed to order events
      And Mallory is subscribed to order events but does not read
      When the trader places 1000 orders over 50 connections
      And the trader places an order
      Then Mallory's connection is closed because it is too slow, with the sequence number to resume from
      And Ann receives 2002 events, numbered without gaps
      When Mallory subscribes with replay from the last event received
      Then Mallory receives PENDING and then EXECUTED for the order
