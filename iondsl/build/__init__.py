"""Generated text → an extension that can be imported. The only caller of Cython and the C compiler."""
