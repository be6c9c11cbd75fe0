export const shortcuts = {
  title: "Keyboard shortcuts",
  search: "Search this page",
  create: "New report",
  next: "Next report or row",
  previous: "Previous report or row",
  help: "Show these shortcuts",
  enabled: "Use keyboard shortcuts",
  enabledHelp:
    "They are off while you type. Turn them off if they get in the way of your keyboard or voice input.",
};
