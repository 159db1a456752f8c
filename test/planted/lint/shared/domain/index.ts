// expect: lint/performance/noBarrelFile
export * from "./badly-formatted.ts";
