"""The faulty servers, by the part of the contract that they break."""
