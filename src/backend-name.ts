/** What a backend may be called, so that the environment can name it. */
export const BACKEND_NAME: RegExp = /^[^\s,>]+$/;
