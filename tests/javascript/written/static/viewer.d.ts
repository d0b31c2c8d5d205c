// assets/viewer.js, which the build writes (generator/site/zoom.py), and of OpenSeadragon what zoom-dialog.js asks for.

declare const site: { viewer: string | null; tiles: boolean; words: Record<string, string> };
export default site;

export interface Viewer {
  canvas: HTMLElement;
  viewport: { zoomBy(factor: number): { applyConstraints(): void }; goHome(): void };
  addOnceHandler(name: string, act: (event: { message: string }) => void): void;
  destroy(): void;
}

export type OpenSeadragon = (options: object) => Viewer;

declare global {
  const OpenSeadragon: OpenSeadragon;
}
