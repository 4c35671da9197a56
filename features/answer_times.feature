Feature: Answer times
  Every answer about orders takes a random time, as on a real trading platform: with the usual
  settings between 0.1 and 1 second. Requests wait side by side, never in line.

  Rule: Every answer takes the promised time, and a different one each time

    Scenario Outline: <count> times at once: <request>
      Given an order is placed
      When the trader makes this request <count> times at once: <request>
      Then every answer takes a random time of the promised length
      And all of them together take no longer than one

      Examples:
        | count | request            |
        |    60 | place an order     |
        |    60 | view the order     |
        |    60 | list orders        |
        |    40 | cancel a new order |

      Examples: Rejections take their time, too
        | count | request                 |
        |    40 | place an invalid order  |
        |    40 | send half an order      |
        |    40 | view an unknown order   |
        |    40 | list with a bad limit   |
        |    40 | cancel an unknown order |
        |    40 | reuse a reference       |
        |    40 | send far too much       |
        |    40 | change all orders       |

  Rule: An order is executed after the promised time, counted from its acceptance

    Scenario: Orders are executed within the promised time
      When the trader places 40 orders at the same time
      Then every execution takes a random time of the promised length

  Rule: The server says at any time that it is well

    @smoke @severity:critical
    Scenario: The server is well
      When the trader makes this request 10 times at once: ask whether the server is well
      Then the server says at once that it is well

    Scenario: The server says that it is well while it is busy
      Given 50 orders are placed at the same time
      When the trader makes this request 10 times at once: ask whether the server is well
      Then the server says at once that it is well
