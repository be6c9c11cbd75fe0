"use client";

import { useMessages } from "@/shared/i18n/language-provider";
import { usePrincipal } from "../api/get-principal";
import styles from "./account.module.css";

/** The providers that Static Web Apps preconfigures; their names are the same in every language. */
const PROVIDERS = { aad: "Microsoft", github: "GitHub" };

/** Sign-in and sign-out; nothing if the site offers no sign-in. */
export function Account() {
  const { account } = useMessages();
  const { data: principal } = usePrincipal();
  if (principal === undefined) {
    return null;
  }
  return (
    <details className={styles.account}>
      <summary>{principal ? principal.userDetails : account.signIn}</summary>
      <div className={styles.menu}>
        {principal ? (
          <>
            <p className={styles.signedIn}>{account.signedInAs(principal.userDetails)}</p>
            <a href="/.auth/logout?post_logout_redirect_uri=/">{account.signOut}</a>
          </>
        ) : (
          Object.entries(PROVIDERS).map(([provider, name]) => (
            <a key={provider} href={`/.auth/login/${provider}?post_login_redirect_uri=/`}>
              {account.signInWith(name)}
            </a>
          ))
        )}
      </div>
    </details>
  );
}
