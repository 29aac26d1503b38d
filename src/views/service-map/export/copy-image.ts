/** Puts a picture on the clipboard. @returns false where the browser has no way to, or refuses */
export async function copyImage(image: Promise<Blob>): Promise<boolean> {
  if (typeof ClipboardItem === 'undefined' || !navigator.clipboard?.write) {
    return false;
  }
  try {
    // The promise goes in as it is: some browsers only allow it within the click.
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': image })]);
    return true;
  } catch {
    return false;
  }
}
