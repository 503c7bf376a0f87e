// Imported before everything else, and free of imports: on an old Node the other scripts would fail on their own syntax.

/** The oldest release of each line that can `require()` an ES module: `engines` in package.json says the same. */
const [major, minor] = process.versions.node.split(".").map(Number);
const supported = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major >= 23;

if (!supported) {
  console.error(
    `Node ${process.versions.node} is too old: tagswitch needs Node 20.19 or newer (22.12 or newer of the 22 line). ` +
      "Get it from https://nodejs.org/en/download or with a version manager, such as: nvm install 22",
  );
  process.exit(1);
}
