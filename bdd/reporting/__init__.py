"""The reports that people read: one HTML file, Allure, the console, junit."""
