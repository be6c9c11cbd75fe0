import { useMessages } from "@/shared/i18n/language-provider";
import { rememberPath, signInUrl } from "./return-path";

/** The providers that Static Web Apps preconfigures; their names are the same in every language. */
const PROVIDERS = { aad: "Microsoft", github: "GitHub" };

/** One link for each provider. The user returns to the page as it is at the time of the click. */
export function SignInLinks({ className }: { className?: string }) {
  const { account } = useMessages();
  return Object.entries(PROVIDERS).map(([provider, name]) => (
    <a
      key={provider}
      className={className}
      href={signInUrl(provider)}
      onClick={(event) => {
        rememberPath();
        event.currentTarget.href = signInUrl(provider);
      }}
    >
      {account.signInWith(name)}
    </a>
  ));
}
