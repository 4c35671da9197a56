"""Sound features of the toy domain."""

GOOD = """\
Feature: Baskets
  Scenario: Eating
    Given a basket with 3 cucumbers
    When Ann eats 1 cucumbers
    Then the basket holds 2 cucumbers
"""

OUTLINE = """\
Feature: Baskets
  Scenario Outline: Eating <eaten>
    Given a basket with 3 cucumbers
    When Ann eats <eaten> cucumbers
    Then the basket holds <left> cucumbers
    Examples:
      | eaten | left |
      | 1     | 2    |
      | 2     | 1    |
"""

TABLE = """\
Feature: Baskets
  Scenario: Mixed
    Given these vegetables are in the basket:
      | vegetable | count |
      | cucumbers | 2     |
      | leeks     |       |
    Then the basket holds 1 leeks
"""

RULES = """\
Feature: Baskets
  Rule: Baskets can be emptied
    Scenario: Emptied
      Given an empty basket
      Then the basket holds 0 leeks
  Rule: Baskets can be filled
    Scenario: Filled
      Given a basket with 3 leeks
      Then the basket holds 3 leeks
"""
