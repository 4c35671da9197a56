Feature: Rejections that explain themselves
  Whoever is rejected is told a reason that a program can act on and a person can read.

  Rule: Every reason has an explanation for people

    Scenario Outline: It is explained what "<reason>" means
      Given an order is placed
      When the trader makes this request once: <request>
      Then the request is rejected because <reason>
      And the rejection leads to an explanation for people

      Examples:
        | request                 | reason                              |
        | place an invalid order  | the quantity must be greater than 0 |
        | send half an order      | it cannot be read                   |
        | reuse a reference       | its reference is already used       |
        | send far too much       | it is too large                     |
        | view an unknown order   | the order is unknown                |
        | list with a bad limit   | the limit makes no sense            |
        | cancel an unknown order | the order is unknown                |

  Rule: What the server does not offer is rejected in the same form

    Scenario Outline: Nobody can <request>
      When the trader makes this request once: <request>
      Then the request is rejected because <reason>
      And the rejection leads to an explanation for people

      Examples:
        | request                | reason                          |
        | ask for something else | the server offers no such thing |
        | change all orders      | that cannot be done here        |
        | delete all orders      | that cannot be done here        |
