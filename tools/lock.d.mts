/** Types of lock.mjs, which is plain JavaScript since it runs before anything is built. */

export declare const PROCESS: string;
export declare function mayLive(name: string): boolean;
export declare function takeLock(
  folder: string,
  tries?: number,
):
  | { readonly release: () => void; readonly holder?: undefined }
  | { readonly holder: string; readonly pid: string };
