"use client";

import NextLink from "next/link";
import { useRouter as useNextRouter } from "next/navigation";
import type { ComponentProps } from "react";
import { useLocale } from "./language-provider";
import { localPath } from "./locale";

type LinkProps = Omit<ComponentProps<typeof NextLink>, "href"> & { href: string };

/** A link to a page of this site, given by its English path. Leads to the page in the language of this one. */
export function Link({ href, ...props }: LinkProps) {
  return <NextLink {...props} href={localPath(href, useLocale())} />;
}

/** The router, which takes English paths and stays in the language of the page. */
export function useRouter() {
  const router = useNextRouter();
  const locale = useLocale();
  return {
    push: (path: string) => {
      router.push(localPath(path, locale));
    },
    replace: (path: string, options?: { scroll?: boolean }) => {
      router.replace(localPath(path, locale), options);
    },
  };
}
