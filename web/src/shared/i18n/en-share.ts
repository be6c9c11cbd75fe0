/** Share links: the owner's dialog, and the page that they open. */
export const share = {
  action: "Share",
  shared: "Shared",
  title: "Share this report",
  help: "Anyone with the link can see this report and download its CSV without signing in. They can't change it, and they can't see your other reports.",
  until: (time: string) => `The link works until you stop sharing or the report expires on ${time}.`,
  create: "Create link",
  created: "Link created.",
  notCreated: "Couldn't create the link.",
  link: "Link",
  copy: "Copy link",
  copied: "Link copied.",
  notCopied: "Couldn't copy. Select the link and copy it yourself.",
  stop: "Stop sharing",
  stopped: "The link no longer works.",
  notStopped: "Couldn't stop sharing.",
  sharedReport: "Shared report.",
  sharedHelp: (time: string) =>
    `You can read and download it until ${time}, unless its owner stops sharing it earlier.`,
  createYourOwn: "Create your own report",
  deadLink: "This link doesn't work",
  deadLinkHelp:
    "It may be incomplete, its owner may have stopped sharing, or the report may have been deleted or may have expired.",
};
