import { NotFound } from "@/shared/site/not-found";

export default function NotFoundPage() {
  return <NotFound />;
}
