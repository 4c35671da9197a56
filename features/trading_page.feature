@page @needs_page
Feature: Trading page
  The server shows a page to people, with an order ticket, all orders and all events. It tells what
  the server says, as soon as the server says it, and nothing else.

  Rule: The page shows a status when an event says so, and not before

    Scenario: An order on the page is PENDING until it is executed
      Given a trader is subscribed to order events
      When the trader places an order to buy 100.5 EURUSD
      Then the order is accepted as PENDING
      And the order becomes EXECUTED within 1 second
      And the page shows the order as EXECUTED

    Scenario: An order on the page is PENDING until its cancel is done
      When the trader places an order and immediately cancels it
      Then the cancel is accepted
      And the order is still CANCELLED when viewed
      And the page shows the order as CANCELLED

  Rule: The cancel button is there until it is too late

    Scenario: A PENDING order can be cancelled in the list of orders
      When the trader places an order to buy 100 EURUSD
      Then the page offers to cancel the order, and no longer when it is EXECUTED

  Rule: A rejection is explained at the fields that are wrong

    Scenario: Invalid fields are marked in the ticket
      When the trader places an order with:
        | field    | value |
        | symbol   | "EUR" |
        | quantity |    -1 |
      Then the order is rejected because its symbol and quantity are invalid
      And the ticket marks its symbol and quantity as invalid

  Rule: Text from orders is text

    Scenario Outline: Markup in a reference is shown as it was typed
      When the trader places an order whose reference is <markup>
      Then the order is rejected because the reference must be 1 to 64 letters, digits, dots, dashes or underscores
      And the page shows that reference as it was typed

      Examples:
        | markup                         |
        | "<b>bold</b>"                  |
        | "<img src=x onerror=alert(1)>" |

  Rule: The page shows every event exactly once, also after a lost connection

    Scenario: Orders that arrived while the page was cut off are shown once
      Given a trader is subscribed to order events
      And an order is EXECUTED
      When the page loses its connection
      And another trader places 3 orders
      And the page can connect again
      Then the page says that nothing was missed
      And every order becomes EXECUTED within 1 second
      And the page shows every order as EXECUTED

    Scenario: A page that slept shows what it missed
      Given a trader is subscribed to order events
      When the trader's machine falls asleep
      And another trader places 3 orders
      And the trader's machine wakes up
      Then the page says that nothing was missed
      And every order becomes EXECUTED within 1 second
      And the page shows every order as EXECUTED

  Rule: A filter shows the orders that match, also those that arrive later

    Scenario: An order in another symbol stays out of a filtered list
      Given MINE stands for a currency pair that only this scenario trades
      And OTHER stands for a currency pair that only this scenario trades
      And these orders:
        | order | side | quantity | symbol |
        | A     | buy  |        1 | MINE   |
        | B     | sell |        2 | OTHER  |
      When the trader lists the orders in MINE
      And another trader places these orders:
        | order | side | quantity | symbol |
        | C     | buy  |        3 | OTHER  |
        | D     | sell |        4 | MINE   |
      Then the filtered list has orders A and D and nothing else

  Rule: The keyboard is enough

    Scenario: An order is placed without a mouse
      When the trader places an order to sell 7 GBPUSD with the keyboard alone
      Then the order is accepted as PENDING
      And the order shows what was ordered

    Scenario: An order is cancelled without a mouse
      When the trader places an order and immediately cancels it with the keyboard alone
      Then the cancel is accepted
      And the page shows the order as CANCELLED
