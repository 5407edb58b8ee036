/** The arrows of docs/architecture.md, and there are no others. */
const leaf = (name) => ({
  name: `${name}-imports-no-other-package`,
  severity: "error",
  from: { path: `^packages/${name}/` },
  to: { path: "^(packages|apps)/", pathNot: `^packages/${name}/` },
});

export default {
  forbidden: [
    ...["feel", "reach", "measure", "clock", "proof"].map(leaf),
    {
      name: "list-imports-only-feel",
      severity: "error",
      from: { path: "^packages/list/" },
      to: { path: "^(packages|apps)/", pathNot: "^packages/(list|feel)/" },
    },
    {
      name: "web-imports-only-list-clock-proof",
      comment: "And the API's types, from the server's models.",
      severity: "error",
      from: { path: "^apps/web/" },
      to: {
        path: "^(packages|apps)/",
        pathNot: [
          "^packages/(list|feel|clock|proof)/",
          "^apps/web/",
          "^apps/server/src/modules/[^/]+/(model|[a-z-]+-model)\\.ts$",
        ],
      },
    },
    {
      name: "server-imports-no-app",
      severity: "error",
      from: { path: "^apps/server/" },
      to: { path: "^apps/(web|cli)/" },
    },
    {
      name: "cli-imports-only-the-public-face-of-server",
      severity: "error",
      from: { path: "^apps/cli/" },
      to: {
        path: "^apps/(web|server)/",
        pathNot: "^apps/server/src/(index|modules/[^/]+/(index|lake-table))\\.ts$",
      },
    },
    {
      name: "modules-meet-at-their-faces",
      severity: "error",
      comment: "Tests may stand on another module's answers and on what it gives to tests.",
      from: { path: "^apps/server/src/modules/([^/]+)/", pathNot: "\\.test\\.ts$" },
      to: {
        path: "^apps/server/src/modules/",
        pathNot: ["^apps/server/src/modules/$1/", "^apps/server/src/modules/[^/]+/index\\.ts$"],
      },
    },
    {
      name: "no-circles",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "packages-are-pure",
      comment: "Packages do no I/O: they run in Node and in the browser.",
      severity: "error",
      from: { path: "^packages/[^/]+/src/", pathNot: "\\.test\\.ts$|/testing[./]|/node/" },
      to: { dependencyTypes: ["core"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "default"],
      extensions: [".ts", ".tsx", ".mjs", ".js"],
    },
  },
};
