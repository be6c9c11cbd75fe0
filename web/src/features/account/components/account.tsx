"use client";

import { useEffect } from "react";
import { useLocale, useMessages } from "@/shared/i18n/language-provider";
import { localPath } from "@/shared/i18n/locale";
import { forgetData, keepDataOf } from "@/shared/offline/last-data";
import { SignInLinks } from "@/shared/sign-in/sign-in-links";
import { useSignInState } from "../api/get-principal";
import { useOffer } from "../use-offer";
import { useMenu } from "../use-menu";
import styles from "./account.module.css";

/** Who has the data that this browser keeps, if nobody is signed in. */
const VISITOR = "visitor";

/** Sign-in and sign-out; nothing if the site offers no sign-in. */
export function Account() {
  const { account } = useMessages();
  const { data, isLoading, errorUpdateCount } = useSignInState();
  const { isOpen, close, details } = useMenu();
  useEffect(() => {
    if (data) {
      void keepDataOf(data.id ?? VISITOR);
    }
  }, [data]);

  const isStarting = isLoading && errorUpdateCount === 0;
  if (isStarting || data?.isOffered === false) {
    return null;
  }
  return (
    <details className={styles.account} {...details}>
      <summary>{data?.user ?? account.signIn}</summary>
      {isOpen && (
        <div className={styles.menu}>
          {data ? <MenuItems user={data.user} onClose={close} /> : <p>{account.unavailable}</p>}
        </div>
      )}
    </details>
  );
}

function MenuItems({ user, onClose }: { user: string | null; onClose: () => void }) {
  const { account } = useMessages();
  const offer = useOffer();
  const home = localPath("/", useLocale());
  if (user === null) {
    return (
      <>
        <p>{account.keptForThisBrowser}</p>
        <SignInLinks />
      </>
    );
  }
  return (
    <>
      <p>{account.signedInAs(user)}</p>
      {offer?.isDeclined && (
        <button
          type="button"
          onClick={() => {
            onClose();
            offer.reopen();
          }}
        >
          {account.move(offer.count)}
        </button>
      )}
      <a href={`/.auth/logout?post_logout_redirect_uri=${home}`} onClick={() => void forgetData()}>
        {account.signOut}
      </a>
    </>
  );
}
