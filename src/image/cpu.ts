export { setThreads, threads } from "./backends/cpu-threads.ts";
