"""What several tests share: a browser, a server, a guard on the network, reading a Streamlit page, axe, the rules."""
