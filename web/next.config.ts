import type { NextConfig } from "next";

const developmentApi = process.env.API_URL ?? "http://127.0.0.1:7071";

const config: NextConfig = {
  reactStrictMode: true,
  trailingSlash: true,
  // Each language has its own root layout, so the page for unknown paths needs its own document.
  experimental: { globalNotFound: true },
  // Sprites come from PokéAPI's host in their display size, so there is nothing to optimize.
  images: { unoptimized: true },
  // `next dev` runs without Static Web Apps in front of it; an exported site supports no rewrites.
  ...(process.env.NODE_ENV === "development"
    ? {
        rewrites: () =>
          Promise.resolve([{ source: "/api/:path*", destination: `${developmentApi}/api/:path*` }]),
      }
    : { output: "export" as const }),
};

export default config;
