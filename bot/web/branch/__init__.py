"""The branch's pages: what a secretary keeps, read and changed in a browser. Plain forms; a script is never needed."""
