"""aid: how an appeal ended, whether it is known whom it is for; questions that words may answer for a while

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('appeal', schema=None) as batch_op:
        batch_op.add_column(sa.Column('solved', sa.Boolean(), server_default=sa.false(), nullable=False, comment='closed because it was solved'))
        batch_op.add_column(sa.Column('beneficiary_unknown', sa.Boolean(), server_default=sa.false(), nullable=False, comment='for somebody else, and the words do not tell which member, if any'))
    with op.batch_alter_table('question', schema=None) as batch_op:
        batch_op.add_column(sa.Column('armed', sa.Boolean(), server_default=sa.false(), nullable=False, comment='a card that words may answer, too, until something else is asked'))
    appeal = sa.table('appeal', sa.column('state', sa.String()), sa.column('helped_count', sa.Integer()), sa.column('solved', sa.Boolean()),
                      sa.column('for_whom', sa.String()), sa.column('beneficiary_id', sa.BigInteger()), sa.column('beneficiary_unknown', sa.Boolean()))
    # Until now nothing told a closing from a solution: where somebody helped it counts as one.
    op.execute(appeal.update().where(appeal.c.state == 'closed', appeal.c.helped_count > 0).values(solved=sa.true()))
    op.execute(appeal.update().where(appeal.c.for_whom == 'other', appeal.c.beneficiary_id.is_(None)).values(beneficiary_unknown=sa.true()))


def downgrade() -> None:
    with op.batch_alter_table('question', schema=None) as batch_op:
        batch_op.drop_column('armed')
    with op.batch_alter_table('appeal', schema=None) as batch_op:
        batch_op.drop_column('beneficiary_unknown')
        batch_op.drop_column('solved')
