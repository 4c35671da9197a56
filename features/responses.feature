Feature: Responses
  Programs read the responses, so each has exactly the promised fields.

  Rule: Every response has the promised form
    Always checked, in every scenario of every feature.

    Scenario Outline: The response to a request to <request> has the promised form
      Given an order is placed
      When the trader sends a request to <request>
      Then the request is accepted

      Examples:
        | request            |
        | place an order     |
        | view the order     |
        | list orders        |
        | cancel a new order |

      @needs_health
      Examples: Health
        | request                   |
        | check the server's health |

  @needs_document
  Rule: The server describes its requests and its events

    @wire
    Scenario Outline: Programs can <request>
      When the trader sends a request to <request>
      Then the request is accepted

      Examples:
        | request                              |
        | read the description of its requests |
        | read the description of its events   |
