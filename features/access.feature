Feature: Access
  A trading server listens on a trader's own machine, where a browser shows pages of all kinds. None
  of them can trade or watch unless the operator allows it. Where the operator has set an API key,
  nobody can do anything without it.

  @needs_origin_check
  Rule: A page of another site can neither trade nor watch through a visitor's browser

    @wire
    Scenario Outline: <page> that tries to <action> is rejected
      Given an order is placed
      When <page> tries to <action>
      Then the request is rejected because it comes from a page of another site
      And the rejection links to a readable explanation

      Examples:
        | page                         | action                    |
        | a page of another site       | place an order            |
        | a page of another site       | subscribe to order events |
        | a page of no site            | place an order            |
        | a page of no site            | subscribe to order events |
        | a page that rebound its name | place an order            |
        | a page that rebound its name | subscribe to order events |

    @wire
    Scenario: An order that a page of another site tries to place leaves nothing behind
      When a page of another site tries to place an order
      Then the request is rejected because it comes from a page of another site
      And the order appears in no list and no event

    @wire
    Scenario: An order that a page of another site tries to cancel is executed
      Given an order is placed
      When a page of another site tries to cancel the order
      Then the request is rejected because it comes from a page of another site
      And the order becomes EXECUTED within 1 second

  @needs_origin_check
  Rule: The server's own pages can trade and watch

    @wire
    Scenario Outline: <page> can <action>
      When <page> tries to <action>
      Then the request is accepted

      Examples:
        | page                                          | action                    |
        | a page that the server shows at localhost     | place an order            |
        | a page that the server shows at localhost     | subscribe to order events |
        | a page that the server shows at an IP address | place an order            |
        | a page that the server shows at an IP address | subscribe to order events |

  @needs_origin_check @needs_configuration
  Rule: The operator can allow the pages of a site

    @wire @own_server
    Scenario Outline: A page of an allowed site can <action>
      Given a dedicated server that allows pages of another site
      When a page of another site tries to <action>
      Then the request is accepted

      Examples:
        | action                    |
        | place an order            |
        | subscribe to order events |

    @wire @own_server
    Scenario: A visitor's browser lets a page of an allowed site trade
      Given a dedicated server that allows pages of another site
      When the trader places an order
      Then a browser lets a page of another site place an order
      And a browser lets a page of another site cancel the order
      And no browser lets a page that rebound its name place an order

    @wire @own_server
    Scenario: To allow one site does not allow another
      Given a dedicated server that allows pages of another site
      When a page that rebound its name tries to place an order
      Then the request is rejected because it comes from a page of another site

  @needs_api_key @needs_configuration
  Rule: Where there is an API key, nothing but the health check is possible without it

    @own_server
    Scenario: A trader with the key can trade
      Given a dedicated server that asks for an API key
      And a trader is subscribed to order events
      When the trader places an order to buy 100 EURUSD
      Then the order is accepted as PENDING
      And the order becomes EXECUTED within 1 second

    @wire @own_server
    Scenario Outline: <client> that tries to <action> is rejected
      Given a dedicated server that asks for an API key
      And an order is placed
      When <client> tries to <action>
      Then the request is rejected because the API key is missing or wrong

      Examples:
        | client                        | action                    |
        | a client without the key      | place an order            |
        | a client without the key      | view the order            |
        | a client without the key      | list orders               |
        | a client without the key      | cancel the order          |
        | a client without the key      | subscribe to order events |
        | a client with a wrong key     | place an order            |
        | a client with half of the key | list orders               |
        | a client with half of the key | subscribe to order events |

    @wire @own_server
    Scenario: The health check needs no key
      Given a dedicated server that asks for an API key
      When a client without the key tries to check the server's health
      Then the request is accepted
