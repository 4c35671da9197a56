Feature: What a server offers
  Not every server offers all that is specified here. What one lacks is declared with a reason, and
  scenarios that need it are reported as not offered.

  Rule: What a server is said to lack is not there after all

    @wire
    Scenario: Nothing that is said to be missing is there
      When the trader tries what the server is said to lack
      Then nothing of it is there
