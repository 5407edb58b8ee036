export { type Config, ConfigError, readConfig } from "./config.ts";
export { createFirstAdministrator } from "./first-administrator.ts";
export { type RunningServer, type ServerOptions, startServer } from "./server.ts";
export { backupStore, restoreStore } from "./store/backup-store.ts";
