import { useEffect, useRef } from "react";

/** Shows a text as the tab's title instead of the page's own, which returns afterwards. */
export function TabTitle({ text }: { text: string }) {
  const own = useRef<HTMLTitleElement | null>(null);

  useEffect(() => {
    const title = document.createElement("title");
    own.current = title;
    // A browser shows the first title. Each page adds its own when it is opened.
    const keepFirst = () => {
      if (document.head.querySelector("title") !== title) {
        document.head.prepend(title);
      }
    };
    keepFirst();
    const observer = new MutationObserver(keepFirst);
    observer.observe(document.head, { childList: true });
    return () => {
      observer.disconnect();
      title.remove();
    };
  }, []);

  useEffect(() => {
    if (own.current) {
      own.current.textContent = text;
    }
  }, [text]);
  return null;
}
