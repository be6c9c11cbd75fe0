import type { NextConfig } from "next";

const developmentApi = process.env.API_URL ?? "http://127.0.0.1:7071";

const config: NextConfig = {
  reactStrictMode: true,
  trailingSlash: true,
  // Sprites come from PokéAPI's own host, in the size that is shown: there is nothing to optimise.
  images: { unoptimized: true },
  // `next dev` has no Static Web Apps in front of it, and an exported site has no rewrites.
  ...(process.env.NODE_ENV === "development"
    ? {
        rewrites: () =>
          Promise.resolve([{ source: "/api/:path*", destination: `${developmentApi}/api/:path*` }]),
      }
    : { output: "export" as const }),
};

export default config;
