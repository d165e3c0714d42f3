// Files that the build puts in as their text.
declare module '*?raw' {
  const text: string;
  // biome-ignore lint/style/noDefaultExport: Vite hands them over as the default.
  export default text;
}
