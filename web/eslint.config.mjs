import nextVitals from "eslint-config-next/core-web-vitals";
import checkFile from "eslint-plugin-check-file";
import prettier from "eslint-config-prettier/flat";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

const FEATURES = ["account", "compare", "new-report", "queue", "report"];

export default defineConfig([
  globalIgnores([".next/", "out/", "next-env.d.ts", "src/shared/api/schema.ts"]),
  ...nextVitals,
  {
    files: ["**/*.{ts,tsx}"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
    },
  },
  {
    files: ["src/**"],
    plugins: { "check-file": checkFile },
    rules: {
      "check-file/filename-naming-convention": [
        "error",
        { "**/*": "KEBAB_CASE" },
        { ignoreMiddleExtensions: true },
      ],
      "check-file/folder-naming-convention": [
        "error",
        { "src/!(app)/**/": "KEBAB_CASE", "src/app/**/": "NEXT_JS_APP_ROUTER_CASE" },
      ],
      // Barrel files hide where a symbol is defined.
      "check-file/filename-blocklist": ["error", { "**/index.{ts,tsx}": "*.ts" }],
      "no-restricted-syntax": [
        "error",
        {
          selector: "ExportAllDeclaration, ExportNamedDeclaration[source]",
          message: "No barrel files. Import a symbol from the file that defines it.",
        },
      ],
      // Imports go from app to features to shared, and never between features.
      "import/no-restricted-paths": [
        "error",
        {
          zones: [
            { target: "./src/shared", from: ["./src/features", "./src/app"] },
            { target: "./src/features", from: "./src/app" },
            ...FEATURES.map((feature) => ({
              target: `./src/features/${feature}`,
              from: "./src/features",
              except: [`./${feature}`],
            })),
          ],
        },
      ],
      "no-restricted-imports": [
        "error",
        {
          paths: [
            { name: "next/link", message: "Use Link of @/shared/i18n/link, which stays in the language." },
            {
              name: "next/navigation",
              importNames: ["useRouter"],
              message: "Use useRouter of @/shared/i18n/link, which stays in the language.",
            },
          ],
        },
      ],
      // Texts belong in src/shared/i18n; its messages.test.ts checks the attributes.
      "react/jsx-no-literals": "error",
      "jsx-a11y/no-noninteractive-tabindex": "off",
    },
  },
  { files: ["src/shared/i18n/link.tsx"], rules: { "no-restricted-imports": "off" } },
  prettier,
]);
