from noivu.portal.cli import main

main()
