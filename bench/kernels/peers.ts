/** A library that is measured beside tagswitch. */
export interface Peer {
  /** As it is called in tables. */
  readonly label: string;
  readonly language: "node" | "python";
  /** Its package, on npm or PyPI. */
  readonly package: string;
  /** Whether it spreads the work of a call over threads. */
  readonly hasThreads?: true;
}

export type PeerName = "sharp" | "opencv-js" | "wasm-vips" | "image-js" | "scikit-image" | "opencv";

/** Those who take part beside tagswitch itself. */
export type ContestantName = "tagswitch" | PeerName;

/** All peers, in the order of the tables' columns. */
export const PEERS: Readonly<Record<PeerName, Peer>> = {
  "opencv-js": { label: "opencv-js", language: "node", package: "@techstark/opencv-js" },
  sharp: { label: "sharp", language: "node", package: "sharp", hasThreads: true },
  "wasm-vips": { label: "wasm-vips", language: "node", package: "wasm-vips" },
  "image-js": { label: "image-js", language: "node", package: "image-js" },
  "scikit-image": { label: "scikit-image", language: "python", package: "scikit-image" },
  opencv: { label: "OpenCV", language: "python", package: "opencv-python-headless", hasThreads: true },
};

export const PEER_NAMES: readonly PeerName[] = Object.keys(PEERS) as PeerName[];
