@needs_configuration
Feature: Running a server
  What an operator can rely on. These scenarios start dedicated servers: a shared server cannot be
  stopped or filled up for a test.

  Rule: A server at capacity rejects further orders

    @own_server
    Scenario: An order beyond the capacity is rejected
      Given a dedicated server with MAX_ORDERS set to 3
      And 3 orders are placed at the same time
      When the trader places an order to buy 1 EURUSD
      Then the order is rejected because the server is at capacity
      And the rejection links to a readable explanation
      And the order appears in no list and no event

  Rule: Servers with the same seed have the same delays

    @own_server @slow
    Scenario: A restarted server with a seed repeats its delays
      Given a dedicated server with SEED set to 7
      And 10 orders are EXECUTED
      When the server is restarted
      And the trader places 10 orders at the same time
      Then both servers execute their orders with the same delays

  Rule: Servers without a seed have delays of their own

    @own_server @slow
    Scenario: A restarted server without a seed does not repeat its delays
      Given a dedicated server
      And 20 orders are EXECUTED
      When the server is restarted
      And the trader places 20 orders at the same time
      Then the servers execute their orders with different delays

  Rule: A server shuts down gracefully

    @own_server
    Scenario: Subscribers are notified of a shutdown
      Given a dedicated server
      And Ann is subscribed to order events
      And 5 orders are placed at the same time
      When the server is asked to shut down
      Then Ann's connection is closed because the server is shutting down
      And the server exits cleanly within 3 seconds

  Rule: After a restart, event numbering starts afresh on a new stream

    @own_server
    Scenario: A restarted server has a new event stream
      Given a dedicated server
      And Ann is subscribed to order events
      When the server is restarted
      And Bob subscribes to order events
      Then Ann and Bob are on different event streams

  Rule: A server with an invalid setting does not start, and says which one

    @own_server
    Scenario Outline: A server with <setting> set to <value> does not start
      When the operator starts a server with <setting> set to "<value>"
      Then the server does not start, and its one-line error names <setting>

      Examples:
        | setting          | value |
        | DELAY_MIN        |    -1 |
        | DELAY_MAX        | soon  |
        | DELAY_MIN        |  1000 |
        | SEED             | abc   |
        | HISTORY          |    -1 |
        | SUBSCRIBER_QUEUE |     0 |
        | MAX_ORDERS       | many  |
        | ALLOWED_ORIGINS  | *     |
        | API_KEY          | short |

    @own_server
    Scenario: An API key is not shown, not even one that is invalid
      When the operator starts a server with API_KEY set to "secret but short"
      Then the server does not start, and its one-line error names API_KEY
      And the error does not show "secret but short"

  Rule: An empty setting is as good as none

    @own_server
    Scenario Outline: A server with an empty <setting> starts
      When the operator starts a server with <setting> set to ""
      Then the server starts

      Examples:
        | setting          |
        | SEED             |
        | HISTORY          |
        | SUBSCRIBER_QUEUE |
        | MAX_ORDERS       |
        | ALLOWED_ORIGINS  |
        | API_KEY          |
